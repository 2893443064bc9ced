'use strict';

// Apart from ec2-parity.cjs, because an old Node.js cannot parse `import()`.
import('../dist/cli/main.js').catch((error) => {
  process.stderr.write(
    `error: this installation of ec2-parity is not complete: ${error.message}\nhint: Install it again.\n`,
  );
  // An error that is not caught would end with 1, which means "findings".
  process.exitCode = 2;
});
