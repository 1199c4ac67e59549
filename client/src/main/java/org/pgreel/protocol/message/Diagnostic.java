package org.pgreel.protocol.message;

import org.jspecify.annotations.Nullable;

/** What {@link ErrorResponse} and {@link NoticeResponse} have in common: fields that tell what happened. */
public sealed interface Diagnostic extends BackendMessage permits ErrorResponse, NoticeResponse {
    /** Returns the fields, as they came. */
    ErrorFields fields();

    /** Returns the severity that is never translated ({@code V}), else the other ({@code S}), else "". */
    default String severity() {
        return fields().severity();
    }

    /** Returns the SQLSTATE code, or "" when the server sent none. */
    default String sqlState() {
        return fields().sqlState();
    }

    /** Returns the human-readable message, or "" when the server sent none. */
    default String message() {
        return fields().message();
    }

    /** Returns the detail, or null. */
    default @Nullable String detail() {
        return fields().get('D');
    }

    /** Returns the hint, or null. */
    default @Nullable String hint() {
        return fields().get('H');
    }
}
