/** What happens to AWS, the network, files and the machine, and what the tool does then. Each is shown by a test of this name. */
export const BAD_DAYS = {
  'throttled-for-ever': {
    fault: 'AWS throttles one action for ever',
    behaviour:
      'Its calls are repeated, slower each time, until 8 attempts (`AWS_MAX_ATTEMPTS`) are refused in a row, and then end together. Its kind or detail is a gap (`throttled`), never empty; everything else is read.',
  },
  'not-available': {
    fault: 'The endpoint of a region, or a gateway before it, answers 503 (or 502, 504) for half a minute',
    behaviour:
      'The calls are repeated, slower each time, and all is read. After 8 attempts (`AWS_MAX_ATTEMPTS`), which take half a minute to a minute, it is one gap for the side.',
  },
  'no-host-name': {
    fault: 'The host name of the endpoint cannot be resolved',
    behaviour:
      'One gap for each side. Without an endpoint of its own, the run ends (exit code 2) and says whether the region is misspelt or there is no network.',
  },
  'credentials-expire': {
    fault: 'Credentials expire while a region is read',
    behaviour:
      'What was read before is kept. What was not is a gap (`credentials-expired`) that says how to renew them, and the run is incomplete.',
  },
  'wrong-clock': {
    fault: 'The clock of the machine is wrong',
    behaviour:
      'The message says first that it is, by how many minutes and in which direction: AWS answers as if the credentials were wrong.',
  },
  'untrusted-certificate': {
    fault:
      'The certificate of the endpoint is signed by an unknown authority, as behind a proxy that inspects TLS',
    behaviour: 'One gap for each side names `AWS_CA_BUNDLE` and `NODE_EXTRA_CA_CERTS`.',
  },
  'expired-certificate': {
    fault: 'The certificate of the endpoint has expired',
    behaviour: 'One gap for each side says to check the clock of the machine first.',
  },
  'certificate-of-another': {
    fault: 'The certificate is for another host name',
    behaviour: 'One gap for each side says so.',
  },
  'proxy-refuses': {
    fault: 'The proxy of `HTTPS_PROXY` is down, unknown, or refuses the connection',
    behaviour:
      'One gap for each side names the proxy and its variable, without the password, and what the proxy answered. The region is not said to be missing.',
  },
  'no-network': {
    fault: 'There is no network',
    behaviour:
      'Exit code 2 with one line that says so, for a region that exists; a misspelt region is said to be one first.',
  },
  'mfa-without-terminal': {
    fault: 'A profile requires a code of an MFA device, and there is no terminal',
    behaviour: 'Exit code 2 before anything is sent, with a command that gets credentials for the run.',
  },
  'session-expired': {
    fault: 'The session of IAM Identity Center has expired',
    behaviour: 'Exit code 2 with the `aws sso login` command of the profile.',
  },
  'no-tls': {
    fault: 'The endpoint does not speak TLS, or closes the connection in the handshake',
    behaviour: 'One gap for each side (`unreachable`).',
  },
  'two-runs': {
    fault: 'Two runs write into one folder at the same time',
    behaviour:
      'Both end as they would alone, also in two containers whose processes have the same number. Each file is whole, from one of the two; no temporary file is left.',
  },
  'changing-dumps': {
    fault: 'A file of a folder of dumps changes, disappears or is cut while the folder is read',
    behaviour:
      'The run reads the file before or after the change, or refuses it by name (exit code 2); it never takes a part for the whole.',
  },
  'half-written': {
    fault: 'The disk fills up, or a signal ends the run, while reports or a snapshot are written',
    behaviour:
      'The files of the run before stay as they were, all of them, and no temporary file is left. After SIGKILL, which no program can answer, the next run that writes into the folder removes it. A full disk is named (exit code 2).',
  },
  'read-only-home': {
    fault: 'The home folder cannot be written, or does not exist',
    behaviour: 'Nothing is written there, and the run is as any other.',
  },
  'hostile-strings': {
    fault:
      'Names, descriptions and tags in dumps, listings and template files hold terminal escapes, markup, line breaks and text that changes its direction',
    behaviour:
      'No format passes them on: terminal text has no control characters, HTML no foreign elements, Markdown no foreign markup, CSV no formulas.',
  },
  'blocks-fault': {
    fault: 'Anything goes wrong while `--verify-content` reads blocks',
    behaviour:
      'The images concerned are not verified, with the reason. None is called equal or different for it.',
  },
  'interrupted-comparison': {
    fault: 'Ctrl-C or SIGTERM while files are read, sides are compared or reports are made',
    behaviour: 'The run ends within a second with 130 or by the signal (143 in a shell), and leaves no file.',
  },
} as const satisfies Readonly<Record<string, BadDay>>;

interface BadDay {
  readonly fault: string;
  readonly behaviour: string;
}

/** The title of the test that shows it. */
export function badDay(id: keyof typeof BAD_DAYS): string {
  return BAD_DAYS[id].fault;
}
