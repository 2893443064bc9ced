'use strict';

// Apart from ec2-parity.cjs, which each release of Node.js can read.
try {
  require('../dist/lib/main.cjs');
} catch (error) {
  process.stderr.write(
    `error: this installation of ec2-parity is not complete: ${error.message.split('\n')[0]}\nhint: Install it again.\n`,
  );
  // An error that is not caught would end with 1, which means "findings".
  process.exitCode = 2;
}
