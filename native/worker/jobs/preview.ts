/** The jobs that show shots: strip.make, peaks.make, frames.stream, still.make, slates.make. */
import type { FramesStreamRequest, PeaksMakeRequest, SlatesMakeRequest, StillMakeRequest, StripMakeRequest } from '../../../app/contract/jobs/preview.ts';
import { makePeaks } from '../../av/preview/make-peaks.ts';
import { makeSlates } from '../../av/preview/make-slates.ts';
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

export const slates = {
  run: async (request: SlatesMakeRequest, context: JobContext): Promise<Record<string, never>> => {
    await makeSlates(request, context);
    return {};
  },
};

export const still = {
  run: async (request: StillMakeRequest, context: JobContext): Promise<Record<string, never>> => {
    await makeStill(request, context);
    return {};
  },
};
