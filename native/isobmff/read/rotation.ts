/** How a track's matrix turns the picture, clockwise, to the nearest right angle. */
export function rotationOf(matrix: readonly number[]): 0 | 90 | 180 | 270 {
  const [a = 1, b = 0] = matrix;
  const degrees = Math.round((Math.atan2(b, a) * 2) / Math.PI) * 90;
  const turned = (degrees + 360) % 360;
  return turned === 90 || turned === 180 || turned === 270 ? turned : 0;
}
