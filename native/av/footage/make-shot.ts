/** One shot of demo footage: painted, coded and written, under its name only when it is whole. */
import { randomBytes } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import { rational } from '../../../app/domain/rational.ts';
import type { PictureFormat } from '../../../app/domain/source.ts';
import { FrameHandle } from '../codec/handles.ts';
import { Muxer, type MuxTrack } from '../codec/muxer.ts';
import { PictureEncoder } from '../codec/picture-encoder.ts';
import { AacEncoder, aacBlock, aacPriming } from '../sound/aac-encoder.ts';
import { footageSize, ShotPainter } from './paint.ts';
import { footageSampleRate, ShotTone } from './tone.ts';

const footageRate = 24;
const groupOfPictures = 24;
const bFrames = 2;

const pictureFormat: PictureFormat = {
  codec: 'h264', tag: 'avc1', profile: 'Main', ...footageSize, sar: rational(1), pixelFormat: 'yuv420p', range: 'limited',
  colour: { primaries: 1, transfer: 1, matrix: 1 }, fieldOrder: 'progressive', rotation: 0,
};
const soundFormat = { codec: 'aac', tag: 'mp4a', sampleRate: footageSampleRate, channels: 2, layout: 'stereo', bits: 0 } as const;

const encoderSettings = {
  name: 'libx264', threads: 1,
  options: {
    preset: 'ultrafast', crf: '20',
    'x264-params': `keyint=${groupOfPictures}:min-keyint=${groupOfPictures}:scenecut=0:bframes=${bFrames}:b-adapt=0:b-pyramid=none:open-gop=0`,
  },
} as const;

/** 1.5 to 3 seconds, another length for each shot. */
function shotFrames(shot: number): number {
  return 36 + ((shot * 17) % 37);
}

/** Returns the number of frames. `shot` counts from 1. Throws `encode.failed`, `output.failed`. */
export async function makeShot(path: string, shot: number, checkpoint: () => Promise<void>): Promise<number> {
  const temporary = `${path}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
  const frames = shotFrames(shot);
  try {
    await writeShot(temporary, shot, frames, checkpoint);
    renameSync(temporary, path);
    return frames;
  } finally {
    rmSync(temporary, { force: true });
  }
}

async function writeShot(path: string, shot: number, frames: number, checkpoint: () => Promise<void>): Promise<void> {
  using picture = new PictureEncoder(encoderSettings, pictureFormat, rational(footageRate));
  using sound = new AacEncoder(soundFormat, 96_000);
  // By FFmpeg's own muxer: demo footage must not come from the writer it is to prove.
  using file = new Muxer(path, 'mp4');
  const pictures = file.addPicture(pictureFormat, picture.extradata, rational(footageRate));
  const sounds = file.addSound(soundFormat, sound.config, aacPriming);
  file.begin();
  writeSound(file, sounds, sound, shot, (frames * footageSampleRate) / footageRate);
  await writePicture(file, pictures, picture, shot, frames, checkpoint);
  file.finish();
}

async function writePicture(file: Muxer, track: MuxTrack, encoder: PictureEncoder, shot: number, frames: number, checkpoint: () => Promise<void>): Promise<void> {
  const painter = new ShotPainter(shot);
  let coded = 0;
  const receive = (): void => {
    for (let picture = encoder.receive(); picture; picture = encoder.receive()) {
      file.write(track, { data: picture.data, pts: picture.pts, dts: coded++ - 1, duration: 1, isKey: picture.isKey });
    }
  };
  for (let i = 0; i < frames; i++) {
    using frame = FrameHandle.picture(footageSize.width, footageSize.height, pictureFormat.pixelFormat, painter.paint(i));
    encoder.send(frame, i, i % groupOfPictures === 0);
    receive();
    await checkpoint();
  }
  encoder.drain();
  receive();
}

/** The programme ends with its last sample: the last packet's length says so. */
function writeSound(file: Muxer, track: MuxTrack, encoder: AacEncoder, shot: number, samples: number): void {
  const tone = new ShotTone(shot);
  const packets = Math.ceil((samples + aacPriming) / aacBlock);
  let packet = 0;
  const write = (data: Uint8Array): void => {
    if (packet >= packets) return;
    const pts = packet * aacBlock - aacPriming;
    file.write(track, { data, pts, dts: pts, duration: Math.min(aacBlock, samples - pts), isKey: true });
    packet++;
  };
  // The encoder holds one block back.
  for (let block = 0; block <= packets; block++) {
    const [left, right] = encoder.planes.map((plane) => new Float32Array(plane.buffer, plane.byteOffset, aacBlock));
    if (!left || !right) throw new Error('not stereo');
    tone.play(left, right);
    encoder.encode(write);
  }
}
