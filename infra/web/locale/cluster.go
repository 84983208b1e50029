package locale

import "fmt"

// Cluster is what the command line says of engines that run beside the product.
type Cluster struct {
	Cluster, Init, Renew, FlagDir, NeedHost string
	There, Made, Renewed                    func(dir string) string
}

var japaneseCluster = Cluster{
	Cluster:  "KurrentDB・NATS・PostgreSQLの上で複数のサーバーとして動かす",
	Init:     "docker-compose.yml に要る証明書・認証ファイル・パスワードを作る",
	Renew:    "証明書を作り直す（13か月で切れる）。フォルダーに root.key が要る",
	FlagDir:  "作った秘密を置くフォルダー",
	NeedHost: "閲覧者が使うサーバーの名前が要ります（例: ayumi.example.lg.jp）。",
	There: func(dir string) string {
		return fmt.Sprintf("%s にはもう秘密があります。上書きしません。", dir)
	},
	Made: func(dir string) string {
		return fmt.Sprintf("%s に秘密を作りました。フォルダーは所有者だけが開けます。root.key は証明書を作り直すときだけ要るので、サーバーの外に保管してください。root.pem を職員のPCに入れます。次に：", dir)
	},
	Renewed: func(dir string) string {
		return fmt.Sprintf("%s の証明書を作り直しました。サーバーを一つずつ再起動すると使われます。", dir)
	},
}

var englishCluster = Cluster{
	Cluster:  "run as several servers on KurrentDB, NATS and PostgreSQL",
	Init:     "make the certificates, credentials and passwords that docker-compose.yml needs",
	Renew:    "make new certificates, which last 13 months; root.key has to be in the folder",
	FlagDir:  "folder for what is made",
	NeedHost: "The name is needed under which browsers reach the server, as in ayumi.example.lg.jp.",
	There:    func(dir string) string { return fmt.Sprintf("%s holds secrets already. Nothing is overwritten.", dir) },
	Made: func(dir string) string {
		return fmt.Sprintf("The secrets are in %s, which its owner alone can open. root.key is needed only for new certificates: keep it off the server. root.pem goes on the PCs of the staff. Next:", dir)
	},
	Renewed: func(dir string) string {
		return fmt.Sprintf("The certificates in %s are new. Servers take them when they are restarted, one after the other.", dir)
	},
}
