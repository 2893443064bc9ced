'use strict';

// Apart from ec2-parity.cjs, which each release of Node.js can read.
const modules = require('node:module');
const { join } = require('node:path');

try {
  const main = join(__dirname, '../dist/lib/main.cjs');
  if (process.argv[2] === '--version') {
    // Less is compiled for it than a cache costs.
    require(main);
  } else {
    // From Node.js 22.1 on: for the packages outside the bundle, such as the AWS SDK.
    modules.enableCompileCache?.();
    const { keptFor, runCompiled } = require('./compiled.cjs');
    const kept = keptFor(main);
    if (kept) runCompiled(main, kept);
    else require(main);
  }
} catch (error) {
  process.stderr.write(
    `error: this installation of ec2-parity is not complete: ${error.message.split('\n')[0]}\nhint: Install it again.\n`,
  );
  // An error that is not caught would end with 1, which means "findings".
  process.exitCode = 2;
}
