package locale

// TLS is what the command line says of certificates.
type TLS struct {
	TLS, Init, Renew  string
	FlagCert, FlagKey string
	FlagDir           string
	Made              func(hosts, dir, until, rootUntil string) string
	Fingerprint       func(text string) string
	Next              func(root, rootKey, serve string) string
	NeedHost, Exists  string
	BadHost           func(host string) string
}

var japaneseTLS = TLS{
	TLS: "庁内LANの証明書を作る、更新する", Init: "ルート証明書とサーバー証明書を作る（例: ayumi tls init ayumi.local 10.0.0.5）", Renew: "サーバー証明書を更新する（サーバーは動いたままでよい）",
	FlagCert: "TLSの証明書のファイル（PEM）", FlagKey: "TLSの秘密鍵のファイル（PEM）", FlagDir: "証明書を置くフォルダー",
	Made: func(hosts, dir, until, rootUntil string) string {
		return hosts + " の証明書を " + dir + " に作りました。\nサーバー証明書の期限 " + until + "　ルート証明書の期限 " + rootUntil
	},
	Fingerprint: func(text string) string { return "ルート証明書の指紋（SHA-256） " + text },
	Next: func(root, rootKey, serve string) string {
		return "1. " + root + " を庁内のPCの「信頼されたルート証明機関」に入れ、指紋を照合してください。この名前とアドレスの証明にしか使えません。\n2. " + rootKey + " は更新のときだけ使います。サーバーから外し、鍵のかかる所にしまってください。\n3. 次のように起動してください:\n  " + serve
	},
	NeedHost: "サーバーの名前かアドレスを指定してください（例: ayumi.local 10.0.0.5）",
	Exists:   "ルート証明書がすでにあります。更新は ayumi tls renew です。作り直すときは、別のフォルダーを --dir で指定してください",
	BadHost:  func(host string) string { return host + " — 名前かアドレスとして読めません" },
}

var englishTLS = TLS{
	TLS: "make and renew the certificates of an office LAN", Init: "make a root and a server certificate, as in: ayumi tls init ayumi.local 10.0.0.5", Renew: "renew the server certificate; the server may run",
	FlagCert: "file of the TLS certificate (PEM)", FlagKey: "file of its private key (PEM)", FlagDir: "folder of the certificates",
	Made: func(hosts, dir, until, rootUntil string) string {
		return "Made the certificates of " + hosts + " in " + dir + ".\nThe server certificate is good until " + until + ", the root until " + rootUntil + "."
	},
	Fingerprint: func(text string) string { return "Fingerprint of the root (SHA-256) " + text },
	Next: func(root, rootKey, serve string) string {
		return "1. Put " + root + " into the trusted roots of the office's PCs and compare the fingerprint. It vouches for these names and addresses only.\n2. " + rootKey + " is used for renewals only. Take it off the server and lock it away.\n3. Start with:\n  " + serve
	},
	NeedHost: "name the server's host names or addresses, as in: ayumi.local 10.0.0.5",
	Exists:   "there is a root certificate already. To renew, use ayumi tls renew; to begin anew, name another folder with --dir",
	BadHost:  func(host string) string { return host + ": not a host name or an address" },
}
