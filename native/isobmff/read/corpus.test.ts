import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StringoutError } from '../../../app/base/errors.ts';
import { differences, indexed, probed } from './fixtures/compare.ts';
import { hasFfmpeg } from './fixtures/media-folder.ts';

const media = join(import.meta.dirname, '../../../../shared/corpus/media');
const files = existsSync(media) ? globSync('**/*.{mp4,mov,m4a}', { cwd: media }).toSorted() : [];

/** Broken on purpose: what must be said of them. */
const refused: Readonly<Record<string, RegExp>> = {
  'file-type/fixture-moov.mov': /cut short/,
  'go-mp4/sample_qt.mp4': /none of its frames/,
  'mp4ff/init_truncated.mp4': /cut short/,
  'mp4parse-rust/bipbop_nonfragment_header.mp4': /none of its frames/,
  'mp4parse-rust/chunk_out_of_range.mp4': /contradict/,
  'mp4parse-rust/invalid_userdata.mp4': /none of its frames/,
  'mp4parse-rust/zero_empty_stsc.mp4': /only 1 of its 1040 frames/,
  'swift-timecode/TimecodeTrack_23_976_Start-00-00-00-00.mov': /neither picture nor sound/,
  'swift-timecode/TimecodeTrack_23_976_Start-00-58-40-00.mov': /neither picture nor sound/,
};

/** Where FFmpeg 5.1 is wrong, or reads something we do not tell. */
const known: Readonly<Record<string, readonly RegExp[]>> = {
  // It does not know 'ipcm' and takes it for 16 bits.
  'media/sample_ipcm_24le.mp4': [/^sound codec: ours pcm_s24le/, /^bytes of PCM/],
  // It shifts pictures with negative composition offsets, here by those of pictures that are not shown.
  'media/sample_edit_list_no_sync_frame_before_edit.mp4': [/^sound starts/],
  // In fragments it shifts them by two frames against the sound.
  'mediabunny/rotate-buck-bunny.mp4': [/^sound starts/],
  // Packets whose times jitter by a few samples around an even grid.
  'media/internal_emulator_transformer_output_270_rotated.mp4': [/^sound starts: ours -109568 samples from a packet, ffprobe -109562/],
  'media/portrait_4k60.mp4': [/^sound starts: ours -7835 samples from a packet, ffprobe -7841/],
  // A matrix that turns by eight degrees.
  'mp4parse-rust/no_timescale.mp4': [/^rotation/],
};

describe.skipIf(files.length === 0 || !hasFfmpeg)('indexIsobmff over the corpus (needs ../shared/corpus and the package ffmpeg)', () => {
  it.each(files)('%s', (name) => {
    const path = join(media, name);
    const told = refused[name];
    if (told) {
      expect(() => indexed(path)).toThrow(told);
      expect(() => indexed(path)).toThrow(StringoutError);
      return;
    }
    const found = differences(indexed(path), probed(path));
    expect(found.filter((line) => !known[name]?.some((pattern) => pattern.test(line)))).toEqual([]);
  });
});
