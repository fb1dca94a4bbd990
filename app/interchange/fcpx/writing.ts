/** What is known while FCPXML is written: resources, by id, and what was lost. */
import { knownRates } from '../../domain/frame-rates.ts';
import { formatRational, sameRational, type Rational } from '../../domain/rational.ts';
import type { DocumentTrack, MediaReference } from '../document.ts';
import { LossList } from '../losses.ts';
import { attributeOf, element, elementsOf, mapElements, type XmlElement } from '../xml/element.ts';
import { fileUrl, firstFile } from '../xml/file-url.ts';
import { isFrameRate } from '../xml/timeline-rate.ts';
import { readAsset } from './read-media.ts';
import { formatRate } from './resources.ts';
import { ofFrames, writeSeconds, type Seconds } from './seconds.ts';

/** As a storyline; `base` is the time of its first frame. */
export type WriteTracks = (tracks: readonly DocumentTrack[], base: Seconds, rate: Rational, writing: FcpxWriting) => XmlElement[];

export class FcpxWriting {
  readonly losses = new LossList();
  /** Of the timeline. */
  readonly rate: Rational;
  readonly resources: Map<string, XmlElement>;
  /** Sounds have tracks of their own: then pictures are written without theirs. */
  readonly hasSoundTracks: boolean;
  readonly #made = new Map<string, string>();
  #last: number;

  constructor(rate: Rational, resources: Map<string, XmlElement>, hasSoundTracks: boolean) {
    this.rate = rate;
    this.resources = resources;
    this.hasSoundTracks = hasSoundTracks;
    this.#last = [...resources.keys()].reduce((most, id) => Math.max(most, Number(/^r(\d{1,9})$/.exec(id)?.[1] ?? 0)), 0);
  }

  /** One resource for each content. */
  once(content: unknown, make: (id: string) => XmlElement): string {
    const key = JSON.stringify(content, (name, value: unknown) => (name === 'line' ? undefined : value));
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    this.#last += 1;
    const id = `r${this.#last}`;
    this.#made.set(key, id);
    // The place in the file is that of the first use; what it needs itself is made meanwhile.
    const made = make(id);
    this.resources.set(id, made);
    return id;
  }

  /** A format of that rate: the file's own where it has one. */
  format(rate: Rational): string {
    for (const [id, item] of this.resources) {
      const own = item.name === 'format' ? formatRate(this.resources, id) : null;
      if (own && sameRational(own, rate)) return id;
    }
    return this.once(['format', formatRational(rate)], (id) => {
      this.losses.add('timeline', 'the size of the pictures is not known here: 1920x1080 is written');
      return element('format', { id, name: formatName(rate), frameDuration: writeSeconds(ofFrames(1, rate), rate), width: '1920', height: '1080', colorSpace: '1-1-1 (Rec. 709)' });
    });
  }

  /** The resource that these media were read from, where it still says the same; else a new one like it. */
  asset(media: MediaReference, name: string, kept: string | null): string {
    const resource = kept === null ? undefined : this.resources.get(kept);
    const isKnown = resource?.name === 'asset';
    if (kept !== null && isKnown && sameMedia(media, readAsset(resource, this.rate, this.resources).media)) return kept;
    if (media.kind === 'missing') this.losses.add(name, 'has no media: a file of its name is referred to');
    if (media.kind === 'sequence') this.losses.add(name, 'is an image sequence: only its first file is named');
    return this.once(['asset', media, name], (id) => {
      const url = media.kind === 'file' ? media.url : media.kind === 'sequence' ? firstFile(media) : `/${media.name || name}`;
      const representation = element('media-rep', { kind: 'original-media', src: fileUrl(url, 'file://') });
      const { available } = media;
      const times = available ? { start: writeSeconds(ofFrames(available.start, available.rate), available.rate), duration: writeSeconds(ofFrames(available.duration, available.rate), available.rate) } : {};
      if (resource && isKnown) {
        const { src: _, uid: __, ...attributes } = resource.attributes;
        return { ...resource, attributes: { ...attributes, id, name: media.name, ...times }, children: [representation, ...elementsOf(resource).filter((child) => child.name !== 'media-rep')] };
      }
      const rate = available && isFrameRate(available.rate) ? available.rate : this.rate;
      return element('asset', { id, name: media.name || name, start: '0s', ...times, hasVideo: '1', format: this.format(rate), hasAudio: '1', videoSources: '1', audioSources: '1', audioChannels: '2' }, [representation]);
    });
  }
}

/** Apart from what the reader kept of it, and from the rates at which it counted. */
function sameMedia(a: MediaReference, b: MediaReference): boolean {
  const times = ({ available }: MediaReference): string | null => available && [available.start, available.duration].map((frames) => writeSeconds(ofFrames(frames, available.rate))).join(' ');
  const bare = (media: MediaReference): string => JSON.stringify({ ...media, available: times(media), metadata: null });
  return bare(a) === bare(b);
}

function formatName(rate: Rational): string | null {
  if (!knownRates.some((known) => sameRational(known, rate))) return null;
  const hundredths = Math.round((rate.num * 100) / rate.den);
  return `FFVideoFormat1080p${rate.den === 1 ? rate.num : hundredths}`;
}

/** Refers to another resource, itself and all below. */
export function withRef(item: XmlElement, from: string, to: string): XmlElement {
  return mapElements(item, (inner) => (attributeOf(inner, 'ref') === from ? { ...inner, attributes: { ...inner.attributes, ref: to } } : inner)) ?? item;
}
