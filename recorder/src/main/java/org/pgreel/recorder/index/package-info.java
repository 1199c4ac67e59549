/**
 * What is kept beside a stripe so that a session, and a message in it, is found without reading all: derived from the
 * records, never needed, made again when it is missing, of another version or damaged.
 *
 * <p>It knows journals by their port only, and nothing of what a snapshot holds.
 */
@NullMarked
package org.pgreel.recorder.index;

import org.jspecify.annotations.NullMarked;
