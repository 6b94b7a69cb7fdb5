import { useEffect, useId, useMemo } from 'react';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import type { Picture } from '../device/store.ts';
import { DEVICE_TEXTS } from '../texts/device.ts';
import { scalePhoto } from './scale-photo.ts';

function Thumbnail({ picture, n, onRemove }: { picture: Picture; n: number; onRemove: () => void }) {
  const t = useTexts(DEVICE_TEXTS);
  const url = useMemo(
    () => URL.createObjectURL(new Blob([picture.bytes], { type: picture.type })),
    [picture],
  );
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  return (
    <li>
      <img src={url} alt={t('photo-n', { n })} />
      <button type="button" aria-label={t('remove-photo', { n })} onClick={onRemove}>
        ×
      </button>
    </li>
  );
}

/** Photos of the camera, made small on the device before they are kept. */
export function Photos(props: {
  photos: readonly Picture[];
  onChange: (photos: readonly Picture[]) => void;
}) {
  const { photos, onChange } = props;
  const t = useTexts(DEVICE_TEXTS);
  const id = useId();
  return (
    <div className="photos">
      {photos.length > 0 && (
        <ul>
          {photos.map((picture, n) => (
            <Thumbnail
              key={`${n} ${picture.bytes.byteLength}`}
              picture={picture}
              n={n + 1}
              onRemove={() => onChange(photos.filter((one) => one !== picture))}
            />
          ))}
        </ul>
      )}
      <input
        id={id}
        type="file"
        accept="image/*"
        capture="environment"
        className="unseen"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = '';
          if (file !== undefined) void scalePhoto(file).then((picture) => onChange([...photos, picture]));
        }}
      />
      <label htmlFor={id} className="plain-button">
        {photos.length === 0 ? t('photo') : t('more-photo')}
      </label>
    </div>
  );
}
