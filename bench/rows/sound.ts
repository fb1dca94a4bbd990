/** The CPU of exact sound, against one ffmpeg that encodes the same sound with its default coder. */
import { encodeSound } from '../peers/peers.ts';
import { ours } from '../ours.ts';
import type { Row } from '../row.ts';
import { footage, type BenchContext } from './context.ts';

export function soundRow(context: BenchContext): Row {
  const { folder, files } = footage(context, 'h264-aac', context.shots);
  const exact = 'ours, exact';
  const packets = 'ours, packets';
  return {
    id: 'sound-exact',
    title: `Exact AAC of ${files.length} shots`,
    note: 'CPU counts here: what ours needs for exact sound beyond copied packets, against `ffmpeg -c:a aac` at 192 kb/s over the same sound.',
    repeats: context.isQuick ? 1 : 3,
    contenders: [
      ours(folder, 'exact.mp4', ['--audio', 'exact', '--no-cache'], { name: exact }),
      ours(folder, 'packets.mp4', ['--audio', 'packets', '--no-cache'], { name: packets }),
      encodeSound(files, context.work),
    ],
    figures: [{
      label: 'CPU of ours, exact less packets / ffmpeg -c:a aac', unit: 'x', limit: 0.45,
      of: (cost) => {
        const [with_, without, peer] = [cost(exact), cost(packets), cost('ffmpeg -c:a aac')];
        return with_ && without && peer ? (with_.cpuSeconds - without.cpuSeconds) / peer.cpuSeconds : null;
      },
    }],
  };
}
