#!/usr/bin/env python3
"""site.py OUTDIR SPA KERN [STAMP]: the folder that the program serves, from spa/ and KERN's dist/.

    OUTDIR/...                         spa/ as it is
    OUTDIR/kern/kern.min.css           KERN's styles
    OUTDIR/kern/fonts/fira-sans-*.woff2   two weights of its font, cut to the characters that German, English and names in Europe need
    OUTDIR/**/*.gz                     packed copies of what packs well, always the same for the same input

The folder is made beside its place and moved there, so that nobody ever sees half of it.
"""
import gzip
import logging
import shutil
import sys
from pathlib import Path

from fontTools import subset

logging.disable(logging.WARNING)  # fonttools has much to say of fonts
outdir, spa, kern = map(Path, sys.argv[1:4])
# Basic Latin, Latin-1, Latin Extended-A, S and T with comma, spaces and dashes, quotes, bullet, ellipsis, euro, arrows, minus
CHARACTERS = 'U+0020-007E,U+00A0-017F,U+0218-021B,U+1E9E,U+2009-2014,U+2018-201E,U+2022,U+2026,U+202F,U+2039-203A,U+20AC,U+2190-2193,U+2212'
PACKED = {'.css', '.js', '.json', '.html', '.svg', '.txt', '.webmanifest'}


def font_file(weight):
    """The upright face of a weight: packages name it by number or by word."""
    words = {'400': ['400', 'regular'], '600': ['600', 'semibold']}[weight]
    found = [f for f in sorted(kern.glob('fonts/**/*.woff2'))
             if 'fira' in f.name.lower() and 'italic' not in f.name.lower() and any(w in f.name.lower() for w in words)]
    if not found:
        sys.exit(f'site: KERN has no Fira Sans of weight {weight} in {kern}/fonts')
    return found[0]


def cut(source, target):
    options = subset.Options(flavor='woff2', layout_features=['kern', 'liga', 'ccmp', 'locl', 'mark', 'mkmk', 'tnum', 'lnum'], hinting=False,
                             desubroutinize=True, notdef_outline=True, name_IDs=[1, 2, 4, 6, 13, 14])
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=subset.parse_unicodes(CHARACTERS))
    cutter.subset(font)
    target.parent.mkdir(parents=True, exist_ok=True)
    subset.save_font(font, str(target), options)


fresh = outdir.with_name(outdir.name + '.new')
shutil.rmtree(fresh, ignore_errors=True)
shutil.copytree(spa, fresh, ignore=shutil.ignore_patterns('*.md'))
(fresh / 'kern').mkdir()
shutil.copyfile(kern / 'kern.min.css', fresh / 'kern' / 'kern.min.css')
for weight in ('400', '600'):
    cut(font_file(weight), fresh / 'kern' / 'fonts' / f'fira-sans-{weight}.woff2')
for f in sorted(fresh.rglob('*')):
    if f.is_file() and f.suffix in PACKED:
        f.with_name(f.name + '.gz').write_bytes(gzip.compress(f.read_bytes(), 9, mtime=0))
shutil.rmtree(outdir, ignore_errors=True)
fresh.rename(outdir)
for stamp in sys.argv[4:]:
    Path(stamp).touch()
