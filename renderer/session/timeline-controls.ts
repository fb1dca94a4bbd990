/** What commands ask of the timeline's view. The view hands them over when it is mounted. */
export interface TimelineControls {
  zoomIn(): void;
  zoomOut(): void;
  /** The whole film in the window. */
  zoomToFit(): void;
  /** One frame as wide as can be. */
  zoomToFrame(): void;
  focus(): void;
}
