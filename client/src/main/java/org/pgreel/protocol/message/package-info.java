/**
 * Every message of the PostgreSQL protocol, versions 3.0 and 3.2, as a record that decodes and encodes itself.
 *
 * <p>It knows the form of messages and nothing of their order: which may follow which is the conversation's business.
 */
@NullMarked
package org.pgreel.protocol.message;

import org.jspecify.annotations.NullMarked;
