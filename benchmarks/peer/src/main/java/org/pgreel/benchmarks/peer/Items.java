package org.pgreel.benchmarks.peer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * The rows of the workloads: each is made from its id, so that every side can tell what must come, and the statements that
 * all peers use.
 */
public final class Items {

    /** Makes the table {@code item} and fills it; the count of rows goes where {@code %d} stands. */
    public static final String CREATE = "CREATE UNLOGGED TABLE item (id int PRIMARY KEY, amount bigint NOT NULL,"
            + " name text NOT NULL, ratio float8 NOT NULL, moment timestamptz NOT NULL);"
            + " INSERT INTO item SELECT n, n * 1000003::bigint, 'the item number ' || n, n / 8.0::float8,"
            + " '2000-01-01 00:00:00+00'::timestamptz + n * interval '1001 milliseconds'"
            + " FROM generate_series(1, %d) n;"
            + " CREATE UNLOGGED TABLE sink (id int NOT NULL, amount bigint NOT NULL, name text NOT NULL,"
            + " ratio float8, moment timestamptz)";

    /** One row by its key; {@code $1} is an int. */
    public static final String POINT = "SELECT id, amount, name FROM item WHERE id = $1";

    /** All rows. */
    public static final String SCAN = "SELECT id, amount, name, ratio, moment FROM item";

    /** One row more. */
    public static final String INSERT = "INSERT INTO sink (id, amount, name) VALUES ($1, $2, $3)";

    /** Many rows more. */
    public static final String COPY_IN = "COPY sink FROM STDIN";

    /** All rows as text. */
    public static final String COPY_OUT = "COPY item TO STDOUT";

    /** The channel of the notifications: each process has its own, for all are connected at the same time. */
    public static final String CHANNEL = "bench_" + ProcessHandle.current().pid();

    /** Sends a notification; {@code $1} is its payload. */
    public static final String NOTIFY = "SELECT pg_notify('" + CHANNEL + "', $1)";

    /** PostgreSQL counts from here. */
    public static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final int MICROS_PER_SECOND = 1_000_000;

    private Items() {}

    /** Returns the amount in the row of an id. */
    public static long amount(int id) {
        return id * 1_000_003L;
    }

    /** Returns the name in the row of an id. */
    public static String name(int id) {
        return "the item number " + id;
    }

    /** Returns the ratio in the row of an id; exact in binary. */
    public static double ratio(int id) {
        return id / 8.0;
    }

    /** Returns the moment in the row of an id, in microseconds since {@link #EPOCH}. */
    public static long moment(int id) {
        return id * 1_001_000L;
    }

    /** Returns a moment as microseconds since {@link #EPOCH}. */
    public static long micros(Instant moment) {
        return (moment.getEpochSecond() - EPOCH.getEpochSecond()) * MICROS_PER_SECOND + moment.getNano() / 1_000;
    }

    /** Returns the ratio of an id as the server writes it. */
    public static String ratioText(int id) {
        String text = Double.toString(ratio(id));
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /** Returns the moment of an id as the server writes it where the time zone is UTC. */
    public static String momentText(int id) {
        Instant moment = EPOCH.plus(moment(id), ChronoUnit.MICROS);
        int millis = (int) (moment(id) / 1_000 % 1_000);
        String fraction =
                millis == 0 ? "" : ("." + String.valueOf(1_000 + millis).substring(1)).replaceFirst("0+$", "");
        return SECONDS.format(LocalDateTime.ofInstant(moment, ZoneOffset.UTC)) + fraction + "+00";
    }

    /** Returns a row as a line of COPY's text format, with its line feed. */
    public static String copyLine(int id) {
        return id + "\t" + amount(id) + "\t" + name(id) + "\t" + ratioText(id) + "\t" + momentText(id) + "\n";
    }

    /** Returns what COPY FROM STDIN gets: all rows of a target, as text. */
    public static byte[] copyText(Target target) {
        ByteArrayOutputStream text = new ByteArrayOutputStream(target.rows() * 80);
        for (int row = 0; row < target.rows(); row++) {
            text.writeBytes(copyLine(row % target.keys() + 1).getBytes(StandardCharsets.US_ASCII));
        }
        return text.toByteArray();
    }
}
