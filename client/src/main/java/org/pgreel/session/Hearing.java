package org.pgreel.session;

import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.CommandComplete;
import org.pgreel.protocol.message.CopyBothResponse;
import org.pgreel.protocol.message.CopyData;
import org.pgreel.protocol.message.CopyInResponse;
import org.pgreel.protocol.message.CopyOutResponse;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.EmptyQueryResponse;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.PortalSuspended;
import org.pgreel.protocol.message.RowDescription;

/** Takes each message of an answer to the operation's method for it; the frequent ones first. */
final class Hearing {

    private Hearing() {}

    static void take(BackendMessage message, Operation<?> operation, Outbound outbound) {
        if (message instanceof DataRow row) {
            operation.row(row);
        } else if (message instanceof CopyData data) {
            operation.copied(data);
        } else if (message instanceof RowDescription columns) {
            operation.described(columns);
        } else if (message instanceof CommandComplete completion) {
            operation.completed(completion.tag(), outbound);
        } else if (message instanceof EmptyQueryResponse) {
            operation.completed("", outbound);
        } else if (message instanceof PortalSuspended) {
            operation.suspended();
        } else if (message instanceof ErrorResponse response) {
            operation.failed(response);
            operation.errorCame(outbound);
        } else if (message instanceof CopyInResponse format) {
            operation.copyInBegins(format);
            operation.copyInAsked(outbound);
        } else if (message instanceof CopyOutResponse format) {
            operation.copyOutBegins(format);
        } else if (message instanceof CopyBothResponse) {
            throw SessionEnd.violation("CopyBothResponse, but no replication was asked for");
        } else {
            operation.acknowledged(message);
        }
    }
}
