# The command line as a container: docker build -t ec2-parity . && docker run --rm ec2-parity demo
FROM node:22-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:22-bookworm-slim
ENV NODE_ENV=production
WORKDIR /opt/ec2-parity
COPY --from=build /build/package.json /build/LICENSE /build/README.md ./
COPY --from=build /build/node_modules node_modules
COPY --from=build /build/bin bin
COPY --from=build /build/dist dist
COPY --from=build /build/templates templates
COPY --from=build /build/schemas schemas
COPY --from=build /build/fixtures fixtures
# Reports are written to the folder that is mounted here.
WORKDIR /work
RUN chown node:node /work
USER node
ENTRYPOINT ["node", "/opt/ec2-parity/bin/ec2-parity.cjs"]
CMD ["--help"]
