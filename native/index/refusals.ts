/** Why a file is not taken, and what to do instead. Sentences go on after the file's name. */

const rawAdvice = 'export ProRes or DNxHR from the camera maker\'s tool or DaVinci Resolve';

export function cameraRaw(format: string): string {
  return `is camera raw (${format}), which only its maker's software decodes: ${rawAdvice}`;
}

export function noMedia(what: string): string {
  return `is ${what}, no media that Stringout reads`;
}

export function playlist(what: string): string {
  return `is ${what}: it only names other files, and Stringout opens none of them; name the media itself`;
}

export function timeline(what: string): string {
  return `is ${what}, not media: give it to Stringout as the timeline, or name the media in it`;
}
