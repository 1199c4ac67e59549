/**
 * The journal on disk: Chronicle Queue for appending, and a reader of its files that trusts nothing in them.
 *
 * <p>The only package that may use {@code net.openhft}; only the classes that append do.
 */
@NullMarked
package org.pgreel.recorder.chronicle;

import org.jspecify.annotations.NullMarked;
