// Photos are made small on the phone before they go out, and lose what a camera writes into them: where and when.
const LONGEST = 1600; // px
const QUALITY = 0.82;
const SMALL = 300 * 1024; // bytes: below, only what the camera wrote matters, and that goes by drawing it anew

async function drawn(file) {
  const image = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const scale = Math.min(1, LONGEST / Math.max(image.width, image.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(image.width * scale);
  canvas.height = Math.round(image.height * scale);
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY));
  if (!blob) return file;
  return new File([blob], file.name.replace(/\.\w+$/, '') + '.jpg', { type: 'image/jpeg', lastModified: Date.now() });
}

const isPhoto = (file) => /^image\/(jpeg|heic|heif|webp)$/.test(file.type) || (file.type === 'image/png' && file.size > SMALL);

async function shrunk(files) {
  const made = await Promise.all(files.map((file) => (isPhoto(file) ? drawn(file).catch(() => file) : file)));
  const box = new DataTransfer();
  for (const file of made) box.items.add(file);
  return box.files;
}

// before anything else hears of the choice: htmx sends the file as soon as it has changed
document.addEventListener('change', (event) => {
  const input = event.target;
  if (!input.matches?.('input[type=file]') || input.dataset.shrunk || !window.createImageBitmap || !input.files?.length) {
    if (input.dataset) delete input.dataset.shrunk;
    return;
  }
  const files = [...input.files];
  if (!files.some(isPhoto)) return;
  event.stopImmediatePropagation();
  shrunk(files).then((made) => {
    // the form may have been drawn again in the meantime
    const field = input.isConnected ? input : document.getElementById(input.id);
    if (!field) return;
    field.files = made;
    field.dataset.shrunk = '1';
    field.dispatchEvent(new Event('change', { bubbles: true }));
  });
}, true);
