import type { Picture } from '../device/store.ts';

const LONGEST_SIDE_PX = 1_600;
const QUALITY = 0.8;

/** A picture of a canvas. */
export function pictureOf(canvas: HTMLCanvasElement, type: string, quality?: number): Promise<Picture> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => {
        if (blob === null) reject(new Error('the picture cannot be written'));
        else void blob.arrayBuffer().then((bytes) => resolve({ type, bytes }), reject);
      },
      type,
      quality,
    );
  });
}

/** A photo small enough for a bad connection; one that the browser cannot read is kept as it is, for it is proof all the same. */
export async function scalePhoto(file: Blob): Promise<Picture> {
  try {
    const image = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST_SIDE_PX / Math.max(image.width, image.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(image.width * scale));
    canvas.height = Math.max(1, Math.round(image.height * scale));
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    image.close();
    return await pictureOf(canvas, 'image/jpeg', QUALITY);
  } catch {
    return { type: file.type, bytes: await file.arrayBuffer() };
  }
}
