import { useId, useState } from 'react';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { DEVICE_TEXTS } from '../texts/device.ts';

interface Detector {
  detect(image: ImageBitmapSource): Promise<{ rawValue: string }[]>;
}
type DetectorClass = new () => Detector;

/** Reads a bar code or QR code in a photo, where the browser can. */
async function codeIn(photo: Blob, Class: DetectorClass): Promise<string | undefined> {
  let image: ImageBitmap | undefined;
  try {
    image = await createImageBitmap(photo);
    return (await new Class().detect(image))[0]?.rawValue.trim();
  } catch {
    return undefined;
  } finally {
    image?.close();
  }
}

/** The number of the meter that one stands before: typed, or scanned where the browser can. It is never filled in beforehand. */
export function MeterNumber(props: {
  value: string;
  onChange: (value: string) => void;
  /** Number on the paper; another one is pointed out at once. */
  expected?: string;
}) {
  const { value, onChange, expected } = props;
  const t = useTexts(DEVICE_TEXTS);
  const id = useId();
  const [isUnread, setUnread] = useState(false);
  const Class = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  const differs = expected !== undefined && value.length >= expected.length && value !== expected;
  return (
    <div className="field">
      <label htmlFor={id}>{t('meter-number')}</label>
      <div className="with-button">
        <input
          id={id}
          required
          maxLength={60}
          autoComplete="off"
          autoCapitalize="characters"
          enterKeyHint="next"
          value={value}
          aria-describedby={`${id}-said`}
          onChange={(event) => onChange(event.target.value.trim())}
        />
        {Class !== undefined && (
          <>
            <input
              id={`${id}-scan`}
              type="file"
              accept="image/*"
              capture="environment"
              className="unseen"
              onChange={(event) => {
                const [file] = event.target.files ?? [];
                event.target.value = '';
                if (file === undefined) return;
                void codeIn(file, Class).then((code) => {
                  setUnread(code === undefined);
                  if (code !== undefined) onChange(code);
                });
              }}
            />
            <label htmlFor={`${id}-scan`} className="plain-button">
              {t('scan-code')}
            </label>
          </>
        )}
      </div>
      <p id={`${id}-said`} role="status" className="said">
        {isUnread ? t('no-code') : differs ? t('meter-differs', { meterNo: expected }) : ''}
      </p>
    </div>
  );
}
