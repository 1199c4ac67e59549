package org.pgreel.replay.rerun;

import java.util.List;
import org.pgreel.protocol.message.FrontendMessage;

/** What is done, or waited for, in one recorded session when it is run again. Steps follow each other as they were recorded. */
sealed interface Step {

    /** Returns the session. */
    RecordedScript script();

    /** Returns when it was recorded, in nanoseconds of the recorder's run. */
    long nanos();

    /** The session logs in. */
    record Open(RecordedScript script, long nanos) implements Step {}

    /**
     * The client says something.
     *
     * @param number the number of its first message within the recorded session
     * @param messages what it says, in one piece
     */
    record Send(RecordedScript script, long nanos, long number, List<FrontendMessage> messages) implements Step {}

    /**
     * The server had answered.
     *
     * @param number the number of the answer within the recorded session
     * @param answered how far the server was, as {@link LiveScript#progress} counts
     * @param notifications how many notifications had come
     */
    record Await(RecordedScript script, long nanos, long number, long answered, int notifications) implements Step {}

    /** The client asked that what runs be cancelled. */
    record Cancel(RecordedScript script, long nanos) implements Step {}

    /** A chapter of the recording begins. */
    record Mark(RecordedScript script, long nanos, String chapter) implements Step {}

    /** The session ends. */
    record End(RecordedScript script, long nanos) implements Step {}
}
