/**
 * Files encrypted with a key of 32 bytes, segment by segment, so that they are written as a stream and read from any
 * place. It knows files and keys, and nothing of what is in them.
 */
@NullMarked
package org.pgreel.recorder.encryption;

import org.jspecify.annotations.NullMarked;
