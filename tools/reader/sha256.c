/* sha256.c - SHA-256 by libcrypto, printed. */
#include "reader/sha256.h"

#include <openssl/evp.h>

#include "codeshelf/error.h"

void sha256_hex(const void *bytes, size_t n, char out[65])
{
    static const char digit[] = "0123456789abcdef";
    unsigned char sum[EVP_MAX_MD_SIZE];
    unsigned int len = 0;
    /* The only failure libcrypto has here is that it got no memory. */
    if (EVP_Digest(bytes, n, sum, &len, EVP_sha256(), NULL) != 1 || len != 32) {
        out_of_memory();
    }
    for (size_t i = 0; i < 32; i++) {
        out[2 * i] = digit[sum[i] >> 4];
        out[2 * i + 1] = digit[sum[i] & 15];
    }
    out[64] = '\0';
}
