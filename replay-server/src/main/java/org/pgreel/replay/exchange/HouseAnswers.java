package org.pgreel.replay.exchange;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;

/** Answers housekeeping for which nothing is left of the recording: as it was recorded anywhere, or as a healthy server would. */
record HouseAnswers(ExchangeLibrary library, ConnectionScope scope, Housekeeping house) {

    /** Returns the answer; null if the question is the application's, or nobody knows one. */
    @Nullable
    RecordedExchange answer(ExchangeKey key) {
        if (!library.questions().keepsHouse(key.sql())) {
            return null;
        }
        RecordedExchange kept = library.housekeeping(scope, key);
        if (kept != null) {
            return kept;
        }
        // An answer of the connection's own state goes before that of the file, which is the same for all.
        List<BackendMessage> own = house.answer(key.sql());
        List<BackendMessage> made = own != null ? own : library.questions().fromFile(key.sql());
        return made == null ? null : HouseAnswer.of(key, made);
    }
}
