/**
 * What two recorded sessions have in common and where they differ, by meaning: in behaviour, or in what changes from run to
 * run by itself.
 *
 * <p>It knows sessions and their messages; nothing of how they are stored or printed.
 */
@NullMarked
package org.pgreel.recorder.diff;

import org.jspecify.annotations.NullMarked;
