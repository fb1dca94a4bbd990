/** The timeline's colours, from the same custom properties as the rest of the page. */
import type { MarkerColour } from '../../app/domain/project/project.ts';

export type Colours = {
  readonly background: string;
  readonly row: string;
  readonly rowLocked: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly text: string;
  readonly bright: string;
  readonly dim: string;
  readonly accent: string;
  readonly bad: string;
  readonly picture: string;
  readonly pictureSelected: string;
  readonly sound: string;
  readonly soundSelected: string;
  readonly missing: string;
  readonly wave: string;
  readonly steps: readonly string[];
  readonly markers: Readonly<Record<MarkerColour, string>>;
  readonly font: string;
};

export function readColours(element: Element): Colours {
  const style = getComputedStyle(element);
  const of = (name: string, fallback: string): string => style.getPropertyValue(`--so-${name}`).trim() || fallback;
  return {
    background: of('background', '#16181c'), row: '#1b1e23', rowLocked: '#191b1f', line: of('line', '#2a2e35'), lineStrong: of('line-strong', '#3a404a'),
    text: of('text', '#c9ced6'), bright: of('bright', '#eef1f5'), dim: of('dim', '#8b93a0'), accent: of('accent', '#5b9dff'), bad: of('bad', '#ec8577'),
    picture: '#2f4a63', pictureSelected: '#3f6a96', sound: '#2c4d48', soundSelected: '#3d7168', missing: '#5a2f2c', wave: '#7fb8a8',
    // By number: copy, smart, encode, cached, black.
    steps: [of('copy', '#3f9b6b'), of('smart', '#d7a13a'), of('encode', '#c75f4f'), of('cached', '#4a7fb5'), '#30343b'],
    markers: {
      red: of('marker-red', '#e5645a'), orange: of('marker-orange', '#e8934a'), yellow: of('marker-yellow', '#e0c04f'), green: of('marker-green', '#5dbd8a'),
      blue: of('marker-blue', '#5b9dff'), purple: of('marker-purple', '#ac83e8'),
    },
    font: of('font', 'system-ui, sans-serif'),
  };
}
