interface Detector {
  detect(image: ImageBitmapSource): Promise<{ rawValue: string }[]>;
}
export type DetectorClass = new () => Detector;

/** The browser's own reader of codes; undefined where it has none, and numbers are typed. */
export const codeReader = (): DetectorClass | undefined =>
  (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;

export type ReadCode = { code: string } | { unread: 'no-code' | 'several-codes' };

/** The one bar code or QR code in a photo. Where several differ nobody can say which meter is meant: none is taken. */
export async function readCode(photo: Blob, Class: DetectorClass): Promise<ReadCode> {
  let image: ImageBitmap | undefined;
  try {
    image = await createImageBitmap(photo);
    const found = await new Class().detect(image);
    const codes = [...new Set(found.map(({ rawValue }) => rawValue.trim()))].filter((code) => code !== '');
    const [code] = codes;
    if (code === undefined) return { unread: 'no-code' };
    return codes.length === 1 ? { code } : { unread: 'several-codes' };
  } catch {
    return { unread: 'no-code' };
  } finally {
    image?.close();
  }
}
