// The drawing of a topic, by what its name speaks of; topics come from catalogues, so that nobody knows them all beforehand.
const DRAWINGS = [
  [/wohn|umzug|umzieh|grund|energie/, 'home'], [/famil|kind|ehe|partner|geburt/, 'family'], [/ausweis|urkund|einwander|auswander|staat|recht|ordnung/, 'identity'],
  [/auto|verkehr|mobil|fahr|reise/, 'car'], [/arbeit|ruhestand|rente|steuer|zoll|geld/, 'work'], [/schul|bildung|studi|forsch|kultur/, 'book'],
  [/gesund|pflege|behinder|tod|trauer|umwelt|tier/, 'heart'], [/bau|gewerbe|unternehm|wirtschaft/, 'building'],
];
export const drawingOf = id => DRAWINGS.find(([words]) => words.test(id))?.[1] ?? 'document';
