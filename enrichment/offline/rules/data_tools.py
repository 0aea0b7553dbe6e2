"""Names of databases and of what works on data.

How they are written: see `enrichment/offline/rules/language_names.py`.
"""

from __future__ import annotations

DATA_TOOLS = """
PostgreSQL: Postgres; Postgre SQL; PSQL
MySQL
MariaDB
SQL Server: MS SQL; MSSQL; Microsoft SQL Server; MS SQL Server
!Oracle: Oracle Database; Oracle DB
SQLite
Db2: IBM DB2
MongoDB: Mongo
Redis
Cassandra: Apache Cassandra
DynamoDB
Neo4j
Elasticsearch: Elastic Search; Elastic Stack; !ELK; ELK stack
Kibana
Logstash
Solr: Apache Solr
Couchbase
NoSQL: no-sql
Snowflake
Databricks
BigQuery: Big Query
Redshift: Amazon Redshift
Teradata
Hadoop: HDFS
!Hive: Apache Hive
!Spark: Apache Spark; PySpark
Flink: Apache Flink
Kafka: Apache Kafka
RabbitMQ: Rabbit MQ
ActiveMQ
Airflow: Apache Airflow
dbt
Talend
Informatica
SSIS
SSRS
SSAS
Power BI: PowerBI
Power Query
Tableau
Qlik: QlikView; Qlik Sense; QlikSense
!Looker
Looker Studio: Data Studio; Google Data Studio
MicroStrategy
Cognos
Alteryx
SPSS
!Stata
Minitab
pandas
NumPy
scikit-learn: sklearn; scikit learn
TensorFlow
PyTorch
Keras
!JAX
OpenCV
CUDA
Jupyter
MLflow
OR-Tools
GROMACS
OpenMM
!Slurm
InfluxDB
TimescaleDB
ClickHouse
Vertica
Greenplum
CockroachDB
Cosmos DB: CosmosDB; Azure Cosmos DB
Azure SQL: Azure SQL Database
Memcached: Memcache
etcd
HBase: Apache HBase
!Presto: PrestoDB
!Trino
!Impala: Apache Impala
ZooKeeper: Apache Zookeeper
NiFi: Apache NiFi
Apache Beam
!Pulsar: Apache Pulsar
Fivetran
Airbyte
Matillion
Pentaho
Metabase
Superset: Apache Superset
Sisense
Crystal Reports
JasperReports
SAP BW: SAP BW/4HANA; SAP Business Warehouse
SAP BusinessObjects: Business Objects; BusinessObjects; SAP BO
Azure Data Factory: ADF
Azure Synapse: Synapse Analytics
Delta Lake
SciPy
statsmodels
Matplotlib
Plotly
Dask
Streamlit
XGBoost
LightGBM
spaCy
NLTK
Hugging Face: HuggingFace
LangChain
Spark ML: SparkML; MLlib; Spark MLlib
SageMaker: Amazon SageMaker
Vertex AI
Kubeflow
KNIME
RapidMiner
Mixpanel
!Amplitude
NVivo
Qualtrics
REDCap
GraphPad Prism: GraphPad
ImageJ
EndNote
"""
