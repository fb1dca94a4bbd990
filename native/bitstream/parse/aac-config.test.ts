import { describe, expect, it } from 'vitest';
import { parseAacConfig } from './aac-config.ts';

const config = (hex: string): ReturnType<typeof parseAacConfig> => parseAacConfig(Buffer.from(hex, 'hex'));

describe('parseAacConfig', () => {
  it('reads low complexity', () => {
    expect(config('1190')).toEqual({ objectType: 2, sampleRate: 48_000, channels: 2, layout: 'stereo', frame: 1024 });
    expect(config('11b0')).toMatchObject({ channels: 6, layout: '5.1' });
    expect(config('119456e500')).toMatchObject({ sampleRate: 48_000, frame: 960 });
  });

  it('tells what a decoder gives where SBR doubles the rate and parametric stereo the channels', () => {
    // ISO 14496-3, 1.6.5: hierarchical (AOT 5, then 29) and backward compatible signalling.
    expect(config('2b8a0800')).toMatchObject({ objectType: 2, sampleRate: 44_100, channels: 1, layout: 'mono', frame: 2048 });
    expect(config('eb8a0800')).toMatchObject({ sampleRate: 44_100, channels: 2, layout: 'stereo', frame: 2048 });
    expect(config('131056e598')).toMatchObject({ sampleRate: 48_000, channels: 2, frame: 2048 });
    expect(config('130856e59d4880')).toMatchObject({ sampleRate: 48_000, channels: 2, layout: 'stereo', frame: 2048 });
  });

  it('takes nothing for a configuration that is none', () => {
    expect(config('')).toBeNull();
    expect(config('12')).toBeNull();
  });
});
