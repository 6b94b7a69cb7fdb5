import { useEffect, useRef, type PointerEvent } from 'react';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import type { Picture } from '../device/store.ts';
import { DEVICE_TEXTS } from '../texts/device.ts';
import { pictureOf } from './scale-photo.ts';

const PEN_PX = 2.5;

/** Paper of the size at which the box stands on this screen. */
function blank(canvas: HTMLCanvasElement): CanvasRenderingContext2D | null {
  const ratio = devicePixelRatio;
  canvas.width = Math.round(canvas.clientWidth * ratio);
  canvas.height = Math.round(canvas.clientHeight * ratio);
  const pen = canvas.getContext('2d');
  if (pen === null) return null;
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.scale(ratio, ratio);
  pen.lineWidth = PEN_PX;
  pen.lineCap = 'round';
  pen.lineJoin = 'round';
  pen.strokeStyle = '#111';
  return pen;
}

/** The customer signs with a finger; each stroke hands over the picture as it stands. */
export function Signature(props: { isSigned: boolean; onChange: (picture: Picture | undefined) => void }) {
  const { isSigned, onChange } = props;
  const t = useTexts(DEVICE_TEXTS);
  const box = useRef<HTMLCanvasElement>(null);
  const pen = useRef<CanvasRenderingContext2D | null>(null);
  const isDown = useRef(false);
  useEffect(() => {
    if (box.current !== null) pen.current = blank(box.current);
  }, []);
  const at = (event: PointerEvent): readonly [number, number] => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };
  const stop = (): void => {
    if (!isDown.current) return;
    isDown.current = false;
    if (box.current !== null) void pictureOf(box.current, 'image/png').then(onChange);
  };
  return (
    <div className="signature">
      <p id="signature-label">{t('signature')}</p>
      <canvas
        ref={box}
        role="img"
        aria-labelledby="signature-label"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          isDown.current = true;
          const [x, y] = at(event);
          pen.current?.beginPath();
          pen.current?.moveTo(x, y);
          pen.current?.lineTo(x + 0.1, y + 0.1);
          pen.current?.stroke();
        }}
        onPointerMove={(event) => {
          if (!isDown.current) return;
          const [x, y] = at(event);
          pen.current?.lineTo(x, y);
          pen.current?.stroke();
        }}
        onPointerUp={stop}
        onPointerCancel={stop}
      />
      <button
        type="button"
        className="plain-button"
        disabled={!isSigned}
        onClick={() => {
          if (box.current !== null) pen.current = blank(box.current);
          onChange(undefined);
        }}
      >
        {t('sign-again')}
      </button>
    </div>
  );
}
