import { describe, expect, it } from 'vitest';
import { countChanges, parseUnifiedDiff } from './unified-diff.ts';

const text = `--- a/x.md
+++ b/x.md
@@ -3,4 +3,4 @@
 same
-old
-gone
+new
 end
@@ -20,1 +20,3 @@
 last
+-- dashes
+more
\\ No newline at end of file
`;

describe('a unified diff', () => {
  it('becomes rows with the replaced lines beside each other', () => {
    expect(parseUnifiedDiff(text)[0]).toEqual({
      heading: '@@ -3,4 +3,4 @@',
      rows: [
        { kind: 'context', left: { lineNumber: 3, text: 'same' }, right: { lineNumber: 3, text: 'same' } },
        { kind: 'changed', left: { lineNumber: 4, text: 'old' }, right: { lineNumber: 4, text: 'new' } },
        { kind: 'removed', left: { lineNumber: 5, text: 'gone' }, right: null },
        { kind: 'context', left: { lineNumber: 6, text: 'end' }, right: { lineNumber: 5, text: 'end' } },
      ],
    });
  });

  it('counts added and removed lines and nothing else', () => {
    expect(countChanges(text)).toEqual({ additions: 3, deletions: 2 });
    expect(countChanges('')).toEqual({ additions: 0, deletions: 0 });
  });
});
