/** Channels of an edit: `V`, `V2`, `A`, `A2`, `AA`, `AA/V`, `B`, `NONE`, and the `AUD 3 4` lines below it. */
export type Channel = { readonly type: 'video' | 'audio'; readonly number: number };

/** Picture first; each once. */
export function readChannels(text: string, more: readonly number[]): Channel[] {
  const found: Channel[] = [];
  const add = (type: Channel['type'], number: number): void => {
    if (number > 0 && !found.some((channel) => channel.type === type && channel.number === number)) found.push({ type, number });
  };
  for (const [, letters = '', digits = ''] of text.toUpperCase().replace('NONE', '').matchAll(/(AA|[VAB])(\d*)/g)) {
    const number = digits === '' ? 1 : Number(digits);
    if (letters === 'V' || letters === 'B') add('video', letters === 'B' ? 1 : number);
    if (letters === 'AA') { add('audio', 1); add('audio', 2); }
    if (letters === 'A' || letters === 'B') add('audio', number);
  }
  for (const number of more) add('audio', number);
  return found.toSorted((a, b) => (a.type === b.type ? a.number - b.number : a.type === 'video' ? -1 : 1));
}

/** What one edit line says: its channels, and the numbers of the `AUD` line below it. Those that one line cannot say come in another. */
export type ChannelText = { readonly channels: string; readonly more: readonly number[] };

export function writeChannels(channels: readonly Channel[]): ChannelText[] {
  const videos = channels.filter((channel) => channel.type === 'video').map((channel) => channel.number);
  const sounds = channels.filter((channel) => channel.type === 'audio').map((channel) => channel.number);
  const first = videos.includes(1);
  const others = videos.filter((number) => number !== 1).map((number): ChannelText => ({ channels: `V${number}`, more: [] }));
  if (!first && sounds.length === 1) return [...others, { channels: soundText(sounds), more: [] }];
  const plain = sounds.filter((number) => number < 3);
  const more = sounds.filter((number) => number >= 3);
  if (!first && sounds.length === 0) return others;
  const base = first
    ? (plain.length === 0 ? 'V' : plain.join() === '1' ? 'B' : `${soundText(plain)}/V`)
    : (plain.length === 0 ? 'NONE' : soundText(plain));
  return [{ channels: base, more }, ...others];
}

function soundText(numbers: readonly number[]): string {
  if (numbers.length === 2) return 'AA';
  return numbers[0] === 1 ? 'A' : `A${numbers[0] ?? 1}`;
}
