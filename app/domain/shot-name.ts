/**
 * What a file's name says of a shot, by the customs of cameras, sets and visual effects. Where a name is not surely of a kind, nothing is
 * read into it: a wrong scene is worse than none.
 */
export type ShotName = {
  readonly scene: string | null;
  readonly take: string | null;
  readonly reel: string | null;
  readonly version: number | null;
  /** Names of one group are versions of each other: the name without its version. */
  readonly versionGroup: string | null;
};

/** ARRI, RED, Sony Venice: camera letter and reel, clip, date and the like: A001C003_150412_R1AB, A001_C003_0412AB. */
const cameraFile = /^([A-Z]\d{3})_?C(\d{3})(?:_|$)/i;
/** "SC12A_TK03", "Scene 12A Take 3", "sc012-t4". */
const spelledOut = /(?:^|[_\s.-])sc(?:ene)?[_\s-]?(\d{1,4}[a-z]{0,3})[_\s.-]+(?:tk|take|t)[_\s-]?(\d{1,3})(?![a-z0-9])/i;
/** Slates as sound recorders write them: "12A-3", "12A_T3", "101B-02". The letter tells them from dates and counters. */
const slate = /^(\d{1,4}[A-Z]{1,3})[_-]T?(\d{1,3})$/;
/** "_v012", ".v2", "-V003" at the end or before another part. */
const versionPart = /[_.\s-]v(\d{1,4})(?=$|[_.\s-])/i;

/** `name`: of the file, without folder and extension. */
export function parseShotName(name: string): ShotName {
  const camera = cameraFile.exec(name);
  const slated = spelledOut.exec(name) ?? slate.exec(name);
  const version = versionPart.exec(name);
  return {
    scene: slated?.[1]?.toUpperCase().replace(/^0+(?=\d)/, '') ?? null,
    take: slated ? String(Number(slated[2])) : null,
    reel: camera?.[1]?.toUpperCase() ?? null,
    version: version ? Number(version[1]) : null,
    versionGroup: version ? name.replace(versionPart, '').toLowerCase() : null,
  };
}
