package io.millrace.consumer.block;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A sequence of bytes that grows in pieces, so that nothing is copied as it grows and it holds little more than its
 * content. Numbers are little-endian.
 */
final class Bytes {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int PIECE_BYTES_MIN = 256;
    private static final int PIECE_BYTES_MAX = 64 * 1024;

    private final List<byte[]> full = new ArrayList<>();
    private long fullBytes;
    private byte[] piece = new byte[PIECE_BYTES_MIN];
    private int used;

    long size() {
        return fullBytes + used;
    }

    void putByte(int value) {
        if (used == piece.length) {
            next();
        }
        piece[used++] = (byte) value;
    }

    void putShort(int value) {
        if (fits(Short.BYTES)) {
            SHORT.set(piece, used, (short) value);
            used += Short.BYTES;
        } else {
            putByteByByte(value, Short.BYTES);
        }
    }

    void putInt(int value) {
        if (fits(Integer.BYTES)) {
            INT.set(piece, used, value);
            used += Integer.BYTES;
        } else {
            putByteByByte(value, Integer.BYTES);
        }
    }

    void putLong(long value) {
        if (fits(Long.BYTES)) {
            LONG.set(piece, used, value);
            used += Long.BYTES;
        } else {
            putByteByByte(value, Long.BYTES);
        }
    }

    /** The low bytes of a number, as many as the width says. */
    void putNumber(long value, int width) {
        switch (width) {
            case Byte.BYTES -> putByte((int) value);
            case Short.BYTES -> putShort((int) value);
            case Integer.BYTES -> putInt((int) value);
            case Long.BYTES -> putLong(value);
            default -> throw new IllegalArgumentException("no number is " + width + " bytes wide");
        }
    }

    /** Unsigned LEB128, in which ClickHouse writes lengths. */
    void putLength(int value) {
        int rest = value;
        while (rest > 0x7F) {
            putByte((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        putByte(rest);
    }

    void put(byte[] bytes, int from, int length) {
        if (fits(length)) {
            System.arraycopy(bytes, from, piece, used, length);
            used += length;
        } else {
            putInPieces(bytes, from, length);
        }
    }

    /** The same unsigned numbers, each of one width until now, in a greater one. */
    Bytes widened(int width, int newWidth) {
        Bytes wide = new Bytes();
        full.forEach(filled -> wide.putWidened(filled, filled.length, width, newWidth));
        wide.putWidened(piece, used, width, newWidth);
        return wide;
    }

    void writeTo(OutputStream out) throws IOException {
        for (byte[] filled : full) {
            out.write(filled);
        }
        out.write(piece, 0, used);
    }

    private void putInPieces(byte[] bytes, int from, int length) {
        int at = from;
        while (at < from + length) {
            if (used == piece.length) {
                next();
            }
            int count = Math.min(from + length - at, piece.length - used);
            System.arraycopy(bytes, at, piece, used, count);
            used += count;
            at += count;
        }
    }

    /** Pieces are powers of two long, so that no number lies across their border. */
    private void putWidened(byte[] numbers, int length, int width, int newWidth) {
        for (int at = 0; at < length; at += width) {
            putNumber(width == Byte.BYTES ? numbers[at] & 0xFF : (short) SHORT.get(numbers, at) & 0xFFFF, newWidth);
        }
    }

    private boolean fits(int count) {
        return piece.length - used >= count;
    }

    private void putByteByByte(long value, int count) {
        for (int i = 0; i < count; i++) {
            putByte((int) (value >>> (Byte.SIZE * i)));
        }
    }

    private void next() {
        full.add(piece);
        fullBytes += piece.length;
        piece = new byte[Math.clamp(fullBytes, PIECE_BYTES_MIN, PIECE_BYTES_MAX)];
        used = 0;
    }
}
