/**
 * Codecs between PostgreSQL's types and Java's, in both formats, and the registry that finds them.
 *
 * <p>It knows java.base and the protocol's bytes, and nothing of sessions, rows or statements: values in, bytes out.
 */
@NullMarked
package org.pgreel.type;

import org.jspecify.annotations.NullMarked;
