interface Advisory {
  readonly name: string;
  readonly severity: string;
  readonly range?: string;
}

const FAILS: readonly string[] = ['high', 'critical'];

/**
 * What `npm audit --json` found.
 * @param stopped Why it did not run to its end.
 */
export function auditResult(json: string, stopped?: string): { failed: boolean; lines: string[] } {
  const answer = parsed(json);
  const known = answer?.vulnerabilities;
  if (known === undefined) {
    const why = stopped ?? answer?.message ?? answer?.error?.summary ?? 'it gave no answer';
    return { failed: false, lines: [`npm audit was not made: the registry did not answer (${why}).`] };
  }
  const advisories = Object.values(known);
  const lines = advisories.map(({ name, severity, range = '' }) => `${severity}: ${name} ${range}`.trimEnd());
  return {
    failed: advisories.some(({ severity }) => FAILS.includes(severity)),
    lines: lines.length > 0 ? lines : ['npm audit knows no vulnerability of what users install.'],
  };
}

interface Answer {
  readonly vulnerabilities?: Readonly<Record<string, Advisory>>;
  readonly message?: string;
  readonly error?: { readonly summary?: string };
}

function parsed(json: string): Answer | null {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
