import { describe, expect, it } from 'vitest';
import { recognise, type Recognised } from './recognise.ts';
import { contentLength } from './zero-tail.ts';

const text = (value: string): Buffer => Buffer.from(value);
const bytes = (hex: string, then = 64): Buffer => Buffer.concat([Buffer.from(hex.replaceAll(' ', ''), 'hex'), Buffer.alloc(then, 1)]);

describe('what only looks like media is refused by name', () => {
  it.each<[string, Buffer, RegExp]>([
    ['concat list', text("ffconcat version 1.0\nfile 'a.mkv'\n"), /concat list/],
    ['bare concat list', text("# shots\nfile '/a/b.mov'\n"), /concat list/],
    ['HLS', text('#EXTM3U\n#EXTINF:10,\n/etc/passwd\n'), /HLS/],
    ['DASH', text('<?xml version="1.0"?>\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011">'), /DASH/],
    ['DASH in UTF-16', Buffer.from('\ufeff<?xml version="1.0"?><MPD type="static">', 'utf16le'), /DASH/],
    ['SDP', text('v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\n'), /SDP/],
    ['ASX', text('<ASX version="3.0"><Entry><Ref href="a.wmv"/>'), /ASX/],
    ['PLS', text('[playlist]\nFile1=a.mp3\n'), /PLS/],
    ['IMF', text('<?xml version="1.0"?><CompositionPlaylist xmlns="x">'), /IMF/],
    ['OTIO', text('{ "OTIO_SCHEMA": "Timeline.1" }'), /OpenTimelineIO timeline, not media/],
    ['FCP7 XML', text('<?xml version="1.0"?><!DOCTYPE xmeml><xmeml version="5">'), /FCP7 XML/],
    ['FCPXML', text('<?xml version="1.0"?><fcpxml version="1.10">'), /FCPXML/],
    ['EDL', text('TITLE: REEL 1\nFCM: NON-DROP FRAME\n'), /an EDL/],
    ['subtitles', text('1\n00:00:01,000 --> 00:00:02,000\nHello\n'), /subtitles/],
    ['web page', text('<!DOCTYPE html><html>'), /web page/],
    ['JSON', text('[1, 2, 3]'), /JSON/],
    ['another language', text('これはメディアではありません。ただの文章です。'), /a text file/],
    ['Windows text', Buffer.from('Prüfung über alles, größer', 'latin1'), /a text file/],
    ['PDF', bytes('25504446'), /PDF/],
    ['ZIP', bytes('504b0304'), /ZIP/],
    ['AAF', bytes('d0cf11e0a1b11ae1'), /AAF/],
    ['program', bytes('7f454c46'), /a program/],
    ['R3D', bytes('00000100 52454432'), /camera raw \(R3D\).*export ProRes or DNxHR/],
    ['ARRIRAW', bytes('41525249'), /camera raw \(ARRIRAW\)/],
    ['Canon RAW', bytes('00000018 66747970 63727820'), /camera raw \(Canon Cinema RAW Light/],
    ['CinemaDNG', bytes('49492a00 08000000 0100 12c6 0100 04000000 01040000'), /camera raw \(CinemaDNG\)/],
    ['CR2', bytes('49492a00 10000000 4352'), /camera raw \(Canon CR2\)/],
    ['HEIF', bytes('00000018 66747970 68656963'), /HEIF/],
    ['BigTIFF', bytes('49492b00'), /BigTIFF/],
  ])('%s', (_, head, why) => {
    expect(recognise(head)).toMatchObject({ kind: 'refused', why: expect.stringMatching(why) });
  });
});

describe('media is known by its signature', () => {
  it.each<[string, Buffer, Recognised]>([
    ['MP4', bytes('00000018 66747970 69736f6d'), { kind: 'isobmff' }],
    ['MOV that begins with its media', bytes('00000001 6d646174'), { kind: 'isobmff' }],
    ['old MOV', bytes('00000008 77696465'), { kind: 'isobmff' }],
    ['PNG', bytes('89504e470d0a1a0a 0000000d 49484452'), { kind: 'still', codec: 'png' }],
    ['animated PNG', Buffer.concat([bytes('89504e470d0a1a0a 0000000d 49484452', 17), bytes('00000008 6163544c')]), { kind: 'media', formats: 'apng', isSure: true, isPlain: false }],
    ['JPEG', bytes('ffd8ffe0'), { kind: 'still', codec: 'mjpeg' }],
    ['DPX of either order', bytes('58504453'), { kind: 'still', codec: 'dpx' }],
    ['EXR', bytes('762f3101'), { kind: 'still', codec: 'exr' }],
    ['Matroska', bytes('1a45dfa3'), { kind: 'media', formats: 'matroska,webm', isSure: true, isPlain: false }],
    ['Y4M, which is text', text('YUV4MPEG2 W16 H16 F25:1\nFRAME\n'), { kind: 'media', formats: 'yuv4mpegpipe', isSure: true, isPlain: true }],
    ['PPM, which may be text', text('P3\n1 1\n255\n0 0 0\n'), { kind: 'still', codec: 'ppm' }],
  ])('%s', (_, head, found) => {
    expect(recognise(head)).toEqual(found);
  });

  it('what has none is left to the demuxers that may search', () => {
    expect(recognise(bytes('0b77 1234'))).toMatchObject({ kind: 'media', isSure: false });
    expect(recognise(Buffer.of(0))).toMatchObject({ kind: 'media', isSure: false });
  });
});

describe('a tail of zeros', () => {
  const length = (file: Buffer): number => contentLength(file.length, (offset, count) => file.subarray(offset, offset + count));
  const mega = 1 << 20;

  it('is found to the block', () => {
    const file = Buffer.alloc(9 * mega);
    file.fill(7, 0, 3 * mega + 5);
    expect(length(file)).toBe(3 * mega + 65_536);
  });

  it('is none where it is short, or something stands in it or behind it', () => {
    const file = Buffer.alloc(9 * mega);
    file.fill(7, 0, 8.5 * mega);
    expect(length(file)).toBe(file.length);
    file.fill(0);
    file[0] = 1;
    // The search halves the file; this lies where it does not look first.
    file[7 * mega + 12_345] = 1;
    expect(length(file)).toBeGreaterThan(7 * mega);
    file[file.length - 1] = 1;
    expect(length(file)).toBe(file.length);
  });

  it('may be the whole file', () => {
    expect(length(Buffer.alloc(4 * mega))).toBe(0);
  });
});
