/**
 * The port through which a recorder hears a session: bytes as they are read and written, and the events around them.
 *
 * <p>It knows nothing of journals, of the session core or of any I/O library.
 */
@NullMarked
package org.pgreel.tap;

import org.jspecify.annotations.NullMarked;
