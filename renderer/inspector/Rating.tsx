/** Stars: a click rates, the same star again takes the rating away. */
import { Icon } from '../controls/Icon.tsx';
import { plural } from '../texts/text.ts';

export function Rating({ rating, isDisabled, onRate }: { readonly rating: number; readonly isDisabled: boolean; readonly onRate: (rating: number) => void }) {
  return (
    <div className="rating">
      {[1, 2, 3, 4, 5].map((stars) => (
        <button
          key={stars} type="button" className="icon-button" disabled={isDisabled} aria-pressed={stars <= rating} aria-label={plural('rating.stars', stars)}
          onClick={() => { onRate(stars === rating ? 0 : stars); }}
        >
          <Icon name="star" isFilled={stars <= rating} />
        </button>
      ))}
    </div>
  );
}
