import { resolve } from 'node:path';
import { StringoutError } from '../../../base/errors.ts';
import { containers, type Container } from '../../../domain/profile.ts';
import { prepare, type Preparation } from '../../../services/assembly/prepare.ts';
import { readTimeline } from '../../../services/inputs/read-timeline.ts';
import { verifyMovie } from '../../../services/verification/verify-movie.ts';
import type { Verification } from '../../../domain/verification.ts';
import { assemblyOptions, listOptions, type CliOptions } from '../cli-options.ts';
import { printable } from '../output.ts';
import { withSession, type Session } from '../session.ts';

/** 0 where the movie is what its timeline says, else 1. */
export async function verifyAction(movie: string, options: CliOptions): Promise<number> {
  const path = resolve(movie);
  const timeline = options.against === undefined ? null : await readTimeline(options.against, listOptions(options));
  return withSession(options, null, async (session) => {
    const { running, meter, signal } = session;
    const preparation = timeline ? await prepare(timeline, assemblyOptions(options, containerOfMovie(path), timeline), running.host, { signal, meter }) : null;
    if (preparation && preparation.failures.length > 0) throw new StringoutError('verify.failed', 'the timeline has clips that cannot be read, so nothing can be proved', { file: timeline?.origin });
    const verification = await verifyAssembled(path, preparation, options, session);
    return verification.ok ? 0 : 1;
  });
}

export async function verifyAssembled(path: string, preparation: Preparation | null, options: Pick<CliOptions, 'all'>, session: Session): Promise<Verification> {
  const { running, output, meter, signal } = session;
  meter.expect({ verify: (preparation?.plan.frames ?? 1000) / 1500 });
  let seams = 0;
  const verification = await verifyMovie(path, preparation?.plan ?? null, preparation?.sound ?? null, running.host.jobs, {
    all: options.all, signal,
    onProgress: (done, total) => { meter.update('verify', done, total); },
    onSeam: (seam) => {
      seams++;
      output.event({ event: 'seam', ...seam });
      if (!seam.ok) output.line(`seam ${seam.index} at frame ${seam.frame} is wrong`);
    },
  });
  output.finish();
  output.event({ event: 'verification', frames: verification.frames, expected: verification.expected, warnings: verification.warnings, ok: verification.ok });
  for (const warning of verification.warnings) output.warn(warning);
  output.line(`${printable(path)}: ${verification.ok ? 'verified' : 'NOT what its timeline says'}: ${verification.frames} of ${verification.expected} frames, ${seams} seams`);
  return verification;
}

/** A movie that does not exist under a name of ours is still read by its content. */
function containerOfMovie(path: string): Container {
  return containers.find((name) => path.toLowerCase().endsWith(`.${name}`)) ?? 'mp4';
}
