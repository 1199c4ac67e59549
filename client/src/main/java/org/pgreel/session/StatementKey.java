package org.pgreel.session;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.pgreel.client.Parameter;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.protocol.wire.WireText;

/**
 * What makes two statements the same to the server: the text and the types of the parameters.
 *
 * @param sql the text
 * @param types the parameters' type OIDs; 0 leaves the type to the server
 */
record StatementKey(String sql, List<Integer> types) {

    /** The names of all statements that the client prepares of its own accord begin with this. */
    static final String PREFIX = "pgreel_";

    /** 96 bits: two statements of one name do not happen. */
    private static final int DIGEST_BYTES = 12;

    /**
     * Returns the name to prepare it under. It follows from the content, so that where a pooler hands one server from
     * client to client, a name that is taken is taken by the same statement.
     */
    String name() {
        byte[] text = WireText.encode(sql);
        ByteBuffer oids = ByteBuffer.allocate(types.size() * Integer.BYTES);
        types.forEach(oids::putInt);
        MessageDigest digest = sha256();
        digest.update(oids.array());
        return PREFIX + HexFormat.of().formatHex(digest.digest(text), 0, DIGEST_BYTES);
    }

    static StatementKey of(ParameterizedQuery query) {
        return new StatementKey(query.sql(), typesOf(query));
    }

    static List<Integer> typesOf(ParameterizedQuery query) {
        return query.parameters().stream().map(Parameter::typeOid).toList();
    }

    /** Tells whether it is the key of a query. */
    boolean isOf(ParameterizedQuery query) {
        List<Parameter> parameters = query.parameters();
        if (parameters.size() != types.size() || !sql.equals(query.sql())) {
            return false;
        }
        for (int i = 0; i < types.size(); i++) {
            if (types.get(i) != parameters.get(i).typeOid()) {
                return false;
            }
        }
        return true;
    }

    long bytes() {
        return sql.length() + (long) types.size() * Integer.BYTES;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
