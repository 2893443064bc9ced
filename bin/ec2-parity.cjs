#!/usr/bin/env node
'use strict';

// The first file that Node.js reads. Each release of Node.js has to parse it, also one that is too old for the rest: ES5, and
// nothing imported but what is known to be supported.
var required = require('../package.json').engines.node.match(/\d+/g).map(Number);
var present = process.versions.node.split('.').map(Number);
var supported = present[0] > required[0] || (present[0] === required[0] && present[1] >= required[1]);

if (supported) {
  require('./start.cjs');
} else {
  process.stderr.write(
    'error: ec2-parity requires Node.js ' +
      required.join('.') +
      ' or later, and this is Node.js ' +
      process.versions.node +
      ': install a later one from https://nodejs.org\n',
  );
  process.exitCode = 2;
}
