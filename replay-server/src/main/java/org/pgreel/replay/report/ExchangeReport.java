package org.pgreel.replay.report;

import java.util.ArrayList;
import java.util.List;

/**
 * What a replay by exchanges came to.
 *
 * @param recorded how many exchanges were recorded, housekeeping not counted
 * @param answered how many questions were answered by one that had not been used
 * @param repeated how many were answered once more by one that had been, since all its answers are equal
 * @param housekeeping how many questions of drivers and pools were answered
 * @param misses the questions that were not answered
 * @param leftOver what was not asked for
 * @param resent what was sent again although it may have been applied, where a fault broke a connection
 * @param recordedNow the questions that a live server was asked, and that are recorded with their runs
 */
public record ExchangeReport(
        long recorded,
        long answered,
        long repeated,
        long housekeeping,
        List<ExchangeMiss> misses,
        List<LeftOverRun> leftOver,
        List<Resend> resent,
        List<RecordedNow> recordedNow) {

    /** Copies the lists. */
    public ExchangeReport {
        misses = List.copyOf(misses);
        leftOver = List.copyOf(leftOver);
        resent = List.copyOf(resent);
        recordedNow = List.copyOf(recordedNow);
    }

    /** Returns whether every question was answered, by the recording or a live server, and nothing was left over. */
    public boolean passed() {
        return misses.isEmpty() && leftOver.isEmpty();
    }

    /** Returns the report as lines for a person. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        misses.forEach(miss -> lines.addAll(miss.lines()));
        leftOver.forEach(run -> lines.add(run.line()));
        recordedNow.forEach(question -> lines.add(question.line()));
        lines.add(recorded + " exchanges recorded, " + answered + " answered, " + repeated + " repeated, "
                + housekeeping + " of housekeeping, " + misses.size() + " missed, "
                + leftOver.stream().mapToLong(LeftOverRun::exchanges).sum() + " left over"
                + (recordedNow.isEmpty() ? "" : ", " + recordedNow.size() + " recorded now"));
        return lines;
    }
}
