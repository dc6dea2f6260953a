package io.millrace.cli.load;

import java.util.Arrays;
import java.util.HexFormat;

/** What a file is, judged by its first bytes. Its name may say anything. */
enum InputFormat {
    GZIP("1f8b"),
    ZSTD("28b52ffd"),
    XZ("fd377a585a00"),
    BZIP2("425a68"),
    ZIP("504b0304"),
    UTF_16_BIG_ENDIAN("feff"),
    UTF_16_LITTLE_ENDIAN("fffe"),
    UTF_8_MARKED("efbbbf"),
    PLAIN("");

    static final int MAGIC_BYTES_MAX = 6;

    private final String magicHex;

    InputFormat(String magicHex) {
        this.magicHex = magicHex;
    }

    static InputFormat of(byte[] firstBytes) {
        String hex = HexFormat.of().formatHex(firstBytes);
        return Arrays.stream(values())
                .filter(format -> hex.startsWith(format.magicHex))
                .findFirst()
                .orElse(PLAIN);
    }

    int magicBytes() {
        return magicHex.length() / 2;
    }
}
