/**
 * The rows inside the data of a COPY: readers that find them in whatever pieces the data comes, and writers that put them
 * together, in text, CSV and binary format. It knows the protocol and {@code org.pgreel.client}, and no type of PostgreSQL.
 */
@NullMarked
package org.pgreel.client.copy;

import org.jspecify.annotations.NullMarked;
