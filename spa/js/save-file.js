// A file that came by a call is handed to the browser from memory: { blob, name }
export function saveFile({ blob, name }) {
  const file = document.createElement('a');
  file.href = URL.createObjectURL(blob);
  file.download = name;
  file.click();
  setTimeout(() => URL.revokeObjectURL(file.href), 10_000);
}
