import pc from 'picocolors';
import type { Severity, Verdict, WorkloadVerdict } from '../../report/vocabulary.ts';

/** Colours by meaning. With colour off every function is the identity, so a line never depends on them. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly sourceOnly: (text: string) => string;
  /** Never green: what the target alone admits may be a hole. */
  readonly targetOnly: (text: string) => string;
  readonly severity: Readonly<Record<Severity, (text: string) => string>>;
  readonly verdict: Readonly<Record<Verdict, (text: string) => string>>;
  readonly workload: Readonly<Record<WorkloadVerdict, (text: string) => string>>;
}

/** `color` decides alone: whether stdout is a terminal, NO_COLOR and the like are the command line's to know. */
export function paint(color: boolean): Paint {
  const c = pc.createColors(color);
  const bold = (f: (text: string) => string) => (text: string) => c.bold(f(text));
  return {
    bold: c.bold,
    dim: c.dim,
    warn: c.yellow,
    sourceOnly: c.blue,
    targetOnly: c.magenta,
    severity: { critical: bold(c.red), high: c.red, medium: c.yellow, low: c.cyan, info: c.dim },
    verdict: { parity: bold(c.green), differences: bold(c.red), inconclusive: bold(c.yellow) },
    workload: { blocked: bold(c.red), degraded: c.yellow, unknown: c.magenta, launchable: c.green },
  };
}
