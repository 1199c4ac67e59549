/** Scripts: the syntax tree of the notation, its parser and its canonical spelling. They know nothing of playing. */
@NullMarked
package org.pgreel.replay.script;

import org.jspecify.annotations.NullMarked;
