/** The jobs that show shots: strip.make, peaks.make, frames.stream, still.make. */
import type { FramesStreamRequest, PeaksMakeRequest, StillMakeRequest, StripMakeRequest } from '../../../app/contract/jobs/preview.ts';
import { makePeaks } from '../../av/preview/make-peaks.ts';
import { makeStill } from '../../av/preview/make-still.ts';
import { makeStrip } from '../../av/preview/make-strip.ts';
import { streamFrames } from '../../av/preview/stream-frames.ts';
import type { JobContext } from '../job-context.ts';

export const strip = {
  run: async (request: StripMakeRequest, context: JobContext): Promise<Record<string, never>> => {
    await makeStrip(request, context);
    return {};
  },
};

export const peaks = {
  run: async (request: PeaksMakeRequest, context: JobContext): Promise<Record<string, never>> => {
    await makePeaks(request, context);
    return {};
  },
};

export const frames = {
  run: async (request: FramesStreamRequest, context: JobContext): Promise<{ frames: number }> => ({ frames: await streamFrames(request, context) }),
};

export const still = {
  run: async (request: StillMakeRequest, context: JobContext): Promise<Record<string, never>> => {
    await makeStill(request, context);
    return {};
  },
};
