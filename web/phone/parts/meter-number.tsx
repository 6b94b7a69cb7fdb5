import { useId, useState } from 'react';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { DEVICE_TEXTS } from '../texts/device.ts';
import { codeReader, readCode, type ReadCode } from './read-code.ts';

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
  const [scan, setScan] = useState<ReadCode>();
  const Class = codeReader();
  // A number that is still being typed differs too; one that was scanned is whole.
  const isWhole = scan !== undefined && 'code' in scan && scan.code === value;
  const differs =
    expected !== undefined && value !== expected && (isWhole || value.length >= expected.length);
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
          onChange={(event) => {
            setScan(undefined);
            onChange(event.target.value.trim());
          }}
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
                void readCode(file, Class).then((read) => {
                  setScan(read);
                  if ('code' in read) onChange(read.code);
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
        {scan !== undefined && 'unread' in scan
          ? t(scan.unread)
          : differs
            ? t('meter-differs', { meterNo: expected })
            : ''}
      </p>
    </div>
  );
}
