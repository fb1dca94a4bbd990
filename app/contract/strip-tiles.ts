/** A shot's strip: so many evenly spaced moments side by side in one JPEG, each letterboxed into a tile of this size. */
export const stripTiles = 8;
export const tileWidth = 160;
export const tileHeight = 90;
